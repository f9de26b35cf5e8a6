/**
 * Takes out of a trace what may differ between two PostgreSQL servers: process id and secret key, the place in the source
 * code that an error names (and with it the length of the message), OIDs that are not built in, the server's version.
 */
export function normaliseTrace(trace: string): string {
  return trace
    .split('\n')
    .map((line) => {
      const [direction, length, name, ...fields] = line.split('\t');
      const text = fields.join('\t');
      switch (name) {
        case 'BackendKeyData':
          return [direction, '*', name, ' *'].join('\t');
        case 'ErrorResponse':
        case 'NoticeResponse':
          return [direction, '*', name, text.replace(/ F "[^"]*" L "\d+" R "[^"]*"(?= \\x00$)/, '')].join('\t');
        case 'ParameterStatus':
          return text.startsWith(' "server_version"') ? [direction, '*', name, ' "server_version" *'].join('\t') : line;
        case 'RowDescription':
        case 'ParameterDescription':
          return [direction, length, name, text.replace(/(?<= )\d{5,}(?= |$)/g, aboveBuiltIn)].join('\t');
        default:
          return line;
      }
    })
    .join('\n');
}

const aboveBuiltIn = (number: string): string => (Number(number) >= 16_384 && Number(number) !== 65_535 ? '*' : number);
