type Counted = { hit: number; all: number }

/** `missed` says each line or branch that no test reached, by its line. */
type CoveredFile = { path: string; lines: Counted; branches: Counted; missed: string[] }

/** The files of an lcov report that lie under `folder`, in the order of the report. */
export function readLcov(report: string, folder: string): CoveredFile[] {
  const files = report.split('end_of_record').map(readFile)
  return files.filter(({ path }) => path.startsWith(folder))
}

function readFile(record: string): CoveredFile {
  const file: CoveredFile = {
    path: '',
    lines: { hit: 0, all: 0 },
    branches: { hit: 0, all: 0 },
    missed: [],
  }
  for (const entry of record.split('\n')) {
    const [key, value = ''] = split(entry)
    const fields = value.split(',')
    if (key === 'SF') file.path = value
    else if (key === 'DA') count(file, file.lines, fields[1], `line ${fields[0]}`)
    else if (key === 'BRDA') count(file, file.branches, fields[3], `branch ${fields[2]} of line ${fields[0]}`)
  }
  return file
}

/** lcov writes a dash for a branch whose line was never reached. */
function count(file: CoveredFile, counted: Counted, times: string | undefined, place: string): void {
  counted.all++
  if (times === undefined || times === '-' || times === '0') file.missed.push(place)
  else counted.hit++
}

function split(entry: string): [key: string, value?: string] {
  const colon = entry.indexOf(':')
  return colon < 0 ? [entry] : [entry.slice(0, colon), entry.slice(colon + 1).trim()]
}
