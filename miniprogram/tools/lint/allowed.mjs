// What the scripts may compute or say by themselves, file by file, and why. An entry that nothing needs any more is a mistake, too. `*` stands for all of a file.
export const ALLOWED = {
  'core/index.ts': { 'answer + LENGTH': 'an address in the core’s memory' },
  'core/text.ts': { '*': 'UTF-8, which the logic layer has no function for' },
  'effects/clock.ts': { 'Date.now': 'the device’s clock; only the core takes differences of it' },
  'effects/entropy.ts': { 'Math.floor': 'random bytes where the platform has none', 'Math.random() * 256': 'random bytes where the platform has none' },
  'effects/http.ts': { 'origin + path': 'an address', "'Idempotency-Key'": 'a header' },
  'effects/navigate.ts': { 'getCurrentPages().length < DEEPEST': 'WeChat opens so many pages and no more' },
  'shell/page.ts': { 'last += 1': 'numbers pages' },
};
