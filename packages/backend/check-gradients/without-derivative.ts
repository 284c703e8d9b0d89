/** What TensorFlow.js exports and what has no derivative to check, with the reason. */
export const withoutDerivative: Record<string, string[]> = {
  'makes a tensor of numbers, not of tensors': [
    ...[
      'eye',
      'rand',
      'randomGamma',
      'randomNormal',
      'randomStandardNormal',
      'randomUniform',
      'randomUniformInt',
    ],
    ...['truncatedNormal', 'multinomial', 'signal.hammingWindow', 'signal.hannWindow'],
  ],
  'its result is a whole number or a place': [
    ...['bitwiseAnd', 'broadcastArgs', 'image.nonMaxSuppression', 'image.nonMaxSuppressionWithScore'],
    ...['image.nonMaxSuppressionPadded', 'image.threshold', 'searchSorted', 'raggedRange'],
  ],
  'works on text, or on sparse and ragged tables': [
    ...[
      'string.stringNGrams',
      'string.stringSplit',
      'string.stringToHashBucketFast',
      'string.staticRegexReplace',
    ],
    ...['sparse.sparseFillEmptyRows', 'sparse.sparseReshape', 'sparse.sparseSegmentMean'],
    ...['sparse.sparseSegmentSum', 'raggedGather', 'raggedTensorToTensor'],
  ],
  'changes a variable in place': ['movingAverage'],
  'another name of what is checked': ['fft', 'ifft', 'rfft', 'irfft'],
  'holds others, and is checked with them': [
    ...[
      'layers.inputLayer',
      'layers.gruCell',
      'layers.lstmCell',
      'layers.simpleRNNCell',
      'layers.convLstm2dCell',
    ],
    ...['layers.stackedRNNCells', 'layers.input', 'layers.Layer', 'layers.RNN', 'layers.RNNCell'],
  ],
  'prepares data, before any gradient': [
    'layers.categoryEncoding',
    'layers.centerCrop',
    'layers.randomWidth',
  ],
};

/** Kernels whose registered gradient no program can take, with the reason. */
export const gradientsOutOfReach: Record<string, string> = {
  BroadcastTo: 'tf.broadcastTo runs Tile',
  LogSoftmax: 'tf.logSoftmax has a gradient of its own',
  OneHot: 'its input is whole numbers, through which nothing flows',
};
