// Looks through the camera until it has read one code. Loaded when the camera is opened for the first time.

const SEEN = { video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false };
const FORMATS = ['ean_13', 'qr_code'];
// Between two looks, in milliseconds: the picture moves on, and the tablet's hand stays cool.
const PAUSE = 60;

/**
 * Shows what the camera sees in `video`, and resolves with the text of the first code in it. Rejects with the browser's own errors (`NotAllowedError`,
 * `NotFoundError`, …), and with an `AbortError` once `signal` is given.
 */
export async function read(video, signal) {
  const stream = await navigator.mediaDevices.getUserMedia(SEEN);
  try {
    stopIf(signal);
    video.srcObject = stream;
    const [look] = await Promise.all([eye(), video.play()]);
    return await watch(video, look, signal);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

// What the browser has for it where it can read both; else a library.
async function eye() {
  const native = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (!FORMATS.every((format) => native?.includes(format))) return (await import('./reader.js')).eye();
  const detector = new BarcodeDetector({ formats: FORMATS });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

// A code counts when two looks running say the same: one alone may be a smear of bars that happens to add up.
async function watch(video, look, signal) {
  for (let before; ; ) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    stopIf(signal);
    const text = video.readyState < video.HAVE_CURRENT_DATA ? undefined : await look(video);
    if (text && text === before) return text;
    before = text ?? before;
  }
}

function stopIf({ aborted }) {
  if (aborted) throw new DOMException('closed', 'AbortError');
}
