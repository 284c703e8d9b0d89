/** In which part of a data set a file belongs, by its name: `train.csv`, `data/test-00000-of-00002.parquet`, `val.csv`; otherwise `all`. */
export function partByName(name: string): 'train' | 'validation' | 'test' | 'all' {
  const [, found] = /(?:^|[/_.-])(train|training|validation|valid|val|dev|test)(?=[/_.-])/i.exec(name) ?? [];
  const word = found?.toLowerCase();
  if (word === undefined) return 'all';
  if (word === 'test') return 'test';
  return word.startsWith('train') ? 'train' : 'validation';
}
