// page-meta: says how the page's root looks.
import { rpx } from '../rpx.js';

export const pageMeta = (element) => {
  const page = (change) => setTimeout(() => { const root = element.closest('wx-page'); if (root) change(root); });
  return {
    set: {
      'page-style': (style) => page((root) => { root.style.cssText = rpx(style ?? ''); }),
      'root-font-size': (size) => page(() => { document.documentElement.style.fontSize = size && size !== 'system' ? rpx(size) : ''; }),
      'background-color': (colour) => page((root) => { root.style.backgroundColor = colour ?? ''; }),
    },
    inert: ['background-text-style', 'background-color-top', 'background-color-bottom', 'root-background-color', 'page-orientation', 'page-font-size'],
  };
};
