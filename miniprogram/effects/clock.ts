// The device's clock. Only differences of it are used, and only in the core: the date is the server's.

/** Milliseconds. */
export const now = (): number => Date.now();
