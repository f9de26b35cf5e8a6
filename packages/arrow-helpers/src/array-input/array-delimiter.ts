import { typeOid } from '@riffq/wire';

/** What stands between the elements of an array's text: a comma, but for box, whose own text has commas. */
export function arrayDelimiter(elementOid: number): string {
  return elementOid === typeOid.box ? ';' : ',';
}
