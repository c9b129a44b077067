/** WeChat's words for what it, or she, does not let us do. */
const FORBIDDEN = /auth|permission|privacy/;

/** Whether a call failed because it is forbidden. */
export const forbidden = (errMsg: string): boolean => FORBIDDEN.test(errMsg);
