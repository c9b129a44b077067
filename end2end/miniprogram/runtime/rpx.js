const DESIGN_WIDTH = 750;

/** `16rpx` in a style attribute is 16/750 of the screen's width. */
export const rpx = (text) => String(text).replaceAll(/(-?(?:\d+\.)?\d+)rpx\b/g, (_, number) => `${Number(((number * 100) / DESIGN_WIDTH).toFixed(5))}vw`);
