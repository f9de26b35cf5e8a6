/** What a program in plain JavaScript may hand over, whatever our types say. */
export const untyped = (value: unknown) => Object.create(null, { value: { value } }).value;
