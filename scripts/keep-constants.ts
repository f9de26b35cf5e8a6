import ts from 'typescript';

/**
 * Makes `const` of the variables at the top of a bundle that nobody assigns again: esbuild turns all of a module's `const` and
 * `class` into `var`. V8 takes a `const` for what it is where it optimizes, a table with its address and length, and reads a
 * `var` anew at every use.
 *
 * No byte moves, so that source maps stay true.
 */
export function keepConstants(code: string): string {
  const bundle = ts.createSourceFile('bundle.js', code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const assigned = assignedNames(bundle);
  const parts: string[] = [];
  let end = 0;
  for (const statement of bundle.statements) {
    const name = initializedName(statement);
    if (name === undefined || assigned.has(name)) continue;
    const start = statement.getStart(bundle);
    const declaration = `var ${name} = `;
    if (!code.startsWith(declaration, start)) continue;
    parts.push(code.slice(end, start), `const ${name}=`);
    end = start + declaration.length;
  }
  return [...parts, code.slice(end)].join('');
}

/** The name that a statement declares with `var`, alone and with a value. */
function initializedName(statement: ts.Statement): string | undefined {
  if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.BlockScoped) !== 0) return;
  const [declaration, ...more] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || more.length > 0 || !ts.isIdentifier(declaration.name)) return;
  return declaration.name.text;
}

/** Every name that is assigned somewhere, in whatever scope, or declared twice: esbuild gives each variable a name of its own. */
function assignedNames(bundle: ts.SourceFile): ReadonlySet<string> {
  const assigned = new Set<string>();
  const declared = new Set<string>();
  const assign = (target: ts.Node): void => {
    if (ts.isIdentifier(target)) assigned.add(target.text);
    else if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target))
      target.forEachChild(assign);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) assign(node.left);
    if (isStep(node)) assign(node.operand);
    if ((ts.isForInStatement(node) || ts.isForOfStatement(node)) && ts.isExpression(node.initializer))
      assign(node.initializer);
    node.forEachChild(visit);
  };
  for (const statement of bundle.statements) {
    const name = initializedName(statement);
    if (name === undefined) continue;
    if (declared.has(name)) assigned.add(name);
    declared.add(name);
  }
  visit(bundle);
  return assigned;
}

function isStep(node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return false;
  return node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}
