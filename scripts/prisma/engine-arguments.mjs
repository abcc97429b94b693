/** The few arguments with which the Prisma CLI starts its schema engine. */
export function readArguments(argv) {
  const read = { version: false, command: undefined, datamodels: [], datasource: {} }
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]
    if (argument === '--version' || argument === '-V') read.version = true
    else if (argument === '--datamodels' || argument === '-d') read.datamodels.push(argv[++i])
    else if (argument === '--datasource') read.datasource = JSON.parse(argv[++i])
    else if (argument === 'cli') read.command = argv[++i]
    else if (argument === '--enabled-preview-features' || argument === '--extension-types') i++
  }
  return read
}
