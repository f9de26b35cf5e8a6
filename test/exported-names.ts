import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceText } from './import-graph.js';

/** What is wrong with the names that a package's index gives to its users: stars, and names without a sentence of TSDoc. */
export function exportedNameViolations(index: SourceText, sources: readonly SourceText[]): readonly string[] {
  return parse(index).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) {
      return [`${index.path}: ${statement.getText().split('\n', 1)} is no re-export by name`];
    }
    const specifier = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : '';
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      return [`${index.path}: everything of ${specifier} is exported, whatever it will be`];
    }
    const path = posix.join(posix.dirname(index.path), specifier).replace(/\.js$/, '.ts');
    const source = sources.find((candidate) => candidate.path === path);
    // What comes from another package is documented there.
    if (source === undefined) {
      return [];
    }
    const documented = documentedNames(source);
    return statement.exportClause.elements
      .map(({ propertyName, name }) => (propertyName ?? name).text)
      .filter((name) => !documented.has(name))
      .map((name) => `${path}: ${name} has no TSDoc`);
  });
}

function documentedNames(source: SourceText): ReadonlySet<string> {
  const statements = parse(source).statements.filter((statement) => isDocumented(statement));
  return new Set(statements.flatMap((statement) => namesOf(statement)));
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  return ts.isDeclarationStatement(statement) && statement.name ? [statement.name.getText()] : [];
}

function isDocumented(statement: ts.Statement): boolean {
  return ts.getJSDocCommentsAndTags(statement).some((comment) => ts.isJSDoc(comment) && comment.comment !== undefined);
}

function parse({ path, text }: SourceText): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}
