// image: 320 × 240 until a style says otherwise; `mode` says how the picture fills it.
import { fire } from '../taps.js';

const FIT = { scaleToFill: 'fill', aspectFit: 'contain', aspectFill: 'cover', center: 'none', widthFix: 'fill', heightFix: 'fill' };

export function image(element) {
  const picture = document.createElement('img');
  picture.alt = '';
  element.append(picture);
  picture.addEventListener('error', () => fire(element, 'error', { errMsg: `GET ${picture.src} failed` }));
  picture.addEventListener('load', () => fire(element, 'load', { width: picture.naturalWidth, height: picture.naturalHeight }));
  return {
    set: {
      src: (address) => {
        if (!address) picture.removeAttribute('src');
        // What is no address is a file of the package.
        else picture.src = /^(https?:|data:)/.test(address) ? address : `app/${String(address).replace(/^\//, '')}`;
      },
      mode: (mode) => {
        picture.style.objectFit = FIT[mode] ?? 'fill';
        element.setAttribute('mode', mode);
      },
    },
    inert: ['lazy-load', 'show-menu-by-longpress', 'webp'],
  };
}
