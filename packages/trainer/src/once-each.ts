/** The same function, called once with every text, however often that is given. */
export function onceEach(notify: (text: string) => void): (text: string) => void {
  const given = new Set<string>();
  return (text) => {
    if (given.has(text)) return;
    given.add(text);
    notify(text);
  };
}
