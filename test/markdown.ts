/** The TypeScript in a page's code blocks. */
export function typescriptBlocks(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```(?:ts|typescript)\n(.*?)^```$/gms)].map(([, code = '']) => code.trim());
}
