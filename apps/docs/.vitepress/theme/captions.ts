/** What the pages say under a run's figures, in this order, by the names of their files; others have their run's words. */
export const captions: Record<string, string> = {
  'learning-curve':
    'Loss by epoch, for training and validation images apart; validation images are never trained on.',
  originals: 'Test images as they are.',
  reconstructions: 'Test images, each above what the decoder makes of its code.',
  'latent-space': 'Codes of test images, coloured by digit.',
  manifold:
    'What the decoder draws in the plane of codes, with as many test codes between any two neighbouring columns or rows; dimmed where none lie nearby.',
  samples: 'Images that the model draws: random codes from its prior, decoded.',
  interpolation: 'Straight lines through the code between two test images, decoded.',
};
