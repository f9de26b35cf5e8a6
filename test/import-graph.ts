import ts from 'typescript';

/** A source file by its path from the repository's root, with `/` on every platform. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** One import, or one re-export, of a module by another. */
export interface ImportReference {
  readonly specifier: string;
  readonly line: number;
  /** It leaves no trace in the emitted JavaScript. */
  readonly typeOnly: boolean;
  /** What a re-export hands on, by the names of the module it comes from; `*` is everything. */
  readonly exportedNames: readonly string[];
}

/** Everything a file imports and re-exports, found by TypeScript's own parser. */
export function importsOf({ path, text }: SourceText): readonly ImportReference[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const references: ImportReference[] = [];
  const importedFrom = new Map<string, { readonly specifier: string; readonly name: string }>();

  const add = (node: ts.Node, specifier: string, typeOnly: boolean, exportedNames: readonly string[] = []) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    references.push({ specifier, line, typeOnly, exportedNames });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const specifier = literal(node.moduleSpecifier);
      // `import { type A }` keeps the import of the module: only `import type` vanishes.
      add(node, specifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
      for (const [local, name] of boundNames(node.importClause)) {
        importedFrom.set(local, { specifier, name });
      }
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node, literal(node.moduleSpecifier), node.isTypeOnly, namesOf(node.exportClause));
    } else if (ts.isExportDeclaration(node)) {
      for (const local of namesOf(node.exportClause)) {
        const origin = importedFrom.get(local);
        if (origin) {
          add(node, origin.specifier, node.isTypeOnly, [origin.name]);
        }
      }
    } else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument)) {
        add(node, literal(node.argument.literal), true);
      }
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) {
        add(node, argument.text, false);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return references;
}

function literal(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : '';
}

function namesOf(clause: ts.NamedExportBindings | undefined): readonly string[] {
  if (clause === undefined || ts.isNamespaceExport(clause)) {
    return ['*'];
  }
  return clause.elements.map((element) => (element.propertyName ?? element.name).text);
}

/** Pairs of the local name and the name in the module it comes from. */
function boundNames(clause: ts.ImportClause | undefined): readonly (readonly [local: string, name: string])[] {
  const bindings = clause?.namedBindings;
  const named =
    bindings === undefined
      ? []
      : ts.isNamespaceImport(bindings)
        ? [[bindings.name.text, '*'] as const]
        : bindings.elements.map((element) => [element.name.text, (element.propertyName ?? element.name).text] as const);
  return clause?.name ? [[clause.name.text, 'default'], ...named] : named;
}
