import { project } from '../../tools/jest.base.mjs';

export default project('evaluation');
