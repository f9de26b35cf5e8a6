/** Says why a value cannot be put into the other format; whoever converts names the column and its type. */
export class Unconvertible extends Error {
  override readonly name = 'Unconvertible';
}
