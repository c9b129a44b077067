// What the scripts may compute or say by themselves, file by file, and why. An entry that nothing needs any more is a mistake, too. `*` stands for all of a file.
const CHANGED = 'WeChat is told what has changed, and nothing twice';

export const ALLOWED = {
  'app.ts': { '`/account/not_found/not_found?path=${encodeURIComponent(`/${path}`)}`': 'an address' },
  'core/index.ts': { "'/core/core.wasm.br'": 'a file of the package', 'bytes.length': 'bytes of a request', 'answer + LENGTH': 'an address in the core’s memory' },
  'core/text.ts': { '*': 'UTF-8, which the logic layer has no function for' },
  'effects/clock.ts': { 'Date.now': 'the device’s clock; only the core takes differences of it' },
  'effects/entropy.ts': { 'Math.floor': 'random bytes where the platform has none', 'Math.random() * 256': 'random bytes where the platform has none' },
  'effects/focus.ts': { '`#${target}`': 'how WeChat is told an element by its id' },
  'effects/http.ts': { 'origin + path': 'an address', "'Idempotency-Key'": 'a header', "'etag'": 'a header', "'programme-time'": 'a header', 'key.toLowerCase() === name': 'the name of a header, however it is written' },
  'effects/navigate.ts': {
    "'/pages/home/home'": 'a page of the package',
    'getCurrentPages().length < DEEPEST': 'WeChat opens so many pages and no more',
    'going === url': 'which way is being gone already',
  },
  'effects/storage.ts': { "['locale', 'theme', 'large', 'left', 'wish']": 'under what is kept', "['token', 'who']": 'under what is kept' },
  'shell/page.ts': {
    "'/pages/home/home'": 'a page of the package',
    "'/brand/share.jpg'": 'a picture of the package',
    'last += 1': 'numbers pages',
    'this.number === 0': 'the number of a page that is gone',
    'draw.page === this.number': 'the number of a page',
    'worn.chrome?.title !== chrome.title': CHANGED,
    'worn.dark !== dark': CHANGED,
    'worn.ground !== ground': CHANGED,
    'worn.device !== device': CHANGED,
    'worn.unsaved !== unsaved': CHANGED,
    'worn.look !== look': CHANGED,
    'JSON.stringify(worn.chrome) !== JSON.stringify(chrome)': CHANGED,
  },
};
