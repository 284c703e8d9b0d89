import { project } from '../jest.base.mjs';

export default project('lint', { testMatch: ['<rootDir>/test/**/*.test.mjs'] });
