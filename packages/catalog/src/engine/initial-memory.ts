/** What a page of WebAssembly's memory has. */
export const memoryPage = 65_536;

/** Bytes of memory that PostgreSQL's module asks for at least; most of them are never touched. */
export const initialMemory = 2048 * memoryPage;
