/** The groups of two and more that reach each other by `arrows`, a map of lists: its strongly connected components (Tarjan, 1972). */
export function circles(arrows) {
  const [order, lowest, open, found] = [new Map(), new Map(), [], []];
  const visit = (node) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node));
    open.push(node);
    for (const next of arrows.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node), lowest.get(next)));
    }
    if (lowest.get(node) < order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1 || (arrows.get(node) ?? []).includes(node)) found.push(circle.sort());
  };
  for (const node of arrows.keys()) if (!order.has(node)) visit(node);
  return found;
}
