// A camera that looks at what a test holds before it: Chromium plays a file in place of the device.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch } from './browser.mjs';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 8;
const PAPER = 235;
const INK = 16;

const LEFT = ['0001101', '0011001', '0010011', '0111101', '0100011', '0110001', '0101111', '0111011', '0110111', '0001011'];
const invert = (bits) => [...bits].map((bit) => (bit === '0' ? '1' : '0')).join('');
const RIGHT = LEFT.map(invert);
const MIRRORED = RIGHT.map((bits) => [...bits].reverse().join(''));
// Which of the first six digits are mirrored says the thirteenth.
const PARITY = ['000000', '001011', '001101', '001110', '010011', '011001', '011100', '010101', '010110', '011010'];

/** The 95 modules of an EAN-13. */
function modules(code) {
  const digits = [...code].map(Number);
  const parity = PARITY[digits[0]];
  const left = digits.slice(1, 7).map((digit, place) => (parity[place] === '1' ? MIRRORED : LEFT)[digit]);
  return `101${left.join('')}01010${digits.slice(7).map((digit) => RIGHT[digit]).join('')}101`;
}

/** A box with this EAN-13 on it, as brightness values of a picture, row by row. */
export function barcode(code, wide = 4) {
  const picture = new Uint8Array(WIDTH * HEIGHT).fill(PAPER);
  const bars = modules(code);
  const from = Math.floor((WIDTH - bars.length * wide) / 2);
  for (const [place, bit] of [...bars].entries()) {
    if (bit === '0') continue;
    for (let y = HEIGHT / 4; y < (HEIGHT * 3) / 4; y += 1) picture.fill(INK, y * WIDTH + from + place * wide, y * WIDTH + from + (place + 1) * wide);
  }
  return picture;
}

/** What a page shows at `locator`, as another phone's camera sees it. */
export async function sight(page, locator) {
  const shot = await locator.screenshot({ animations: 'disabled' });
  // On an empty page: the portal's policy lets it fetch nothing but answers.
  const blank = await page.context().newPage();
  const values = await blank.evaluate(async ({ source, width, height, paper }) => {
    const image = await createImageBitmap(await (await fetch(source)).blob());
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas.fillStyle = `rgb(${paper} ${paper} ${paper})`;
    canvas.fillRect(0, 0, width, height);
    const scale = Math.min((width * 0.8) / image.width, (height * 0.8) / image.height);
    const [w, h] = [image.width * scale, image.height * scale];
    canvas.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
    const { data } = canvas.getImageData(0, 0, width, height);
    const luma = [];
    for (let at = 0; at < data.length; at += 4) luma.push(Math.round(data[at] * 0.299 + data[at + 1] * 0.587 + data[at + 2] * 0.114));
    return luma;
  }, { source: `data:image/png;base64,${shot.toString('base64')}`, width: WIDTH, height: HEIGHT, paper: PAPER });
  await blank.close();
  return Uint8Array.from(values);
}

/** A browser whose camera sees this picture. It closes when `t` ends. */
export async function browserSeeing(t, picture) {
  const folder = await mkdtemp(path.join(tmpdir(), 'shouyue-camera-'));
  const file = path.join(folder, 'camera.y4m');
  const grey = new Uint8Array((WIDTH * HEIGHT) / 2).fill(128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture, grey]);
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...Array(FRAMES).fill(frame)]));
  const browser = await launch(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]);
  t.after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  return browser;
}
