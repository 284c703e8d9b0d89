/** Read off the last points of the plots in the origin's README: a quotation, not a measurement of ours. */
export const origin = [
  { model: 'ae', unit: 'MSE', plotted: '0.0405' },
  { model: 'conv-ae', unit: 'MSE', plotted: '0.010' },
  { model: 'vae', unit: 'nats', plotted: 'about 152' },
  { model: 'conv-vae', unit: 'nats', plotted: 'about 198' },
] as const;
