import { defineSchedule } from '../define-schedule.js';

/** The given rate, from the first step to the last. */
export const constant = defineSchedule({ options: {}, defaults: {}, callback: () => ({}) });
