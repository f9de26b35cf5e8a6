// What is used of it; neither TypeScript's library for Node nor @types/node declares these.
declare namespace WebAssembly {
  type Module = object;
  type Memory = object;
  const Memory: new (descriptor: { readonly initial: number; readonly maximum: number }) => Memory;
  function compile(bytes: Uint8Array): Promise<Module>;
}
