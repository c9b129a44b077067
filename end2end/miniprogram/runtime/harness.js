/** What parts of the harness need of one another and the last to start fills in: `share`, `stack`. `agreedBy` are the ids of buttons she agreed with. */
export const harness = { agreedBy: new Set() };
