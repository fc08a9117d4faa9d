/** How long a list or an expression may get before it is written over several lines. */
export const LINE_LIMIT = 80;
