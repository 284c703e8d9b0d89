import { zoo, type ModelDefinition } from '@ae/models';

/** The zoo, in the order of its names. */
export const listModels = (): ModelDefinition[] => Object.values(zoo) as unknown as ModelDefinition[];
