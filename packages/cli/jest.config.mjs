import { project } from '../../tools/jest.base.mjs';

/** Its tests start processes, which take their time on a busy machine. */
export default project('cli', { testTimeout: 180_000 });
