// Written by the build (tools/build.mjs) from public/brand and locales.

/** Of the server; pictures and requests go there. */
export const origin: string;
/** The brand's name by language. */
export const brand: Record<string, string>;
/** What is said when the core itself can't be loaded, by language: there is nobody else to word it then. */
export const failed: Record<string, { title: string; detail: string; retry: string }>;
