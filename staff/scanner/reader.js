// For browsers that can't read codes by themselves: zxing-cpp, as wasm from our own address.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const OPTIONS = { formats: ['EAN13', 'QRCode'], maxNumberOfSymbols: 1, tryHarder: true };
// More pixels make it slower and not surer.
const WIDEST = 960;

/** A function that reads what `video` shows: the text of a code, or `undefined`. */
export async function eye() {
  const overrides = { locateFile: () => new URL('./zxing_reader.wasm', import.meta.url).href };
  await prepareZXingModule({ overrides, fireImmediately: true });
  const paper = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    const width = Math.round(video.videoWidth * scale);
    const height = Math.round(video.videoHeight * scale);
    Object.assign(paper.canvas, { width, height });
    paper.drawImage(video, 0, 0, width, height);
    return (await readBarcodes(paper.getImageData(0, 0, width, height), OPTIONS)).find(({ isValid }) => isValid)?.text;
  };
}
