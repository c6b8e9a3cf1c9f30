import { describe, expect, it } from 'vitest'
import { Flags, flagTable } from './flags.ts'

const table = flagTable(
  'output,o:s watch,w all-namespaces,A replicas:i=1 dry-run:s=none?unchanged filename,f:l env:a timeout:d',
)

function parse(line: string): Flags {
  const flags = new Flags(table)
  flags.parse(line.split(' ').filter(Boolean))
  return flags
}

describe('flags', () => {
  it('take values after a blank, an equals sign, or right behind a letter', () => {
    for (const line of ['-o yaml', '-oyaml', '-o=yaml', '--output yaml', '--output=yaml'])
      expect(parse(`pods ${line} web`)).toMatchObject({ args: ['pods', 'web'] })
    expect(parse('-oyaml').string('output')).toBe('yaml')
    expect(parse('-wA').bool('all-namespaces')).toBe(true)
  })

  it('know a value for a flag that stands alone, and keep what is behind --', () => {
    expect(parse('--dry-run web').string('dry-run')).toBe('unchanged')
    const flags = parse('web -- ls -l')
    expect([flags.args, flags.dashAt]).toEqual([['web', 'ls', '-l'], 1])
  })

  it('split lists at commas, but not the values of array flags', () => {
    expect(parse('-f a.yaml,b.yaml -f c.yaml').list('filename')).toEqual(['a.yaml', 'b.yaml', 'c.yaml'])
    expect(parse('--env A=1,2 --env B=3').list('env')).toEqual(['A=1,2', 'B=3'])
  })

  it.each([
    ['--outptu=yaml', 'unknown flag: --outptu'],
    ['-o', "flag needs an argument: 'o' in -o"],
    [
      '--watch=maybe',
      'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      '--replicas=two',
      'invalid argument "two" for "--replicas" flag: strconv.ParseInt: parsing "two": invalid syntax',
    ],
    ['--timeout=fast', 'invalid argument "fast" for "--timeout" flag: time: invalid duration "fast"'],
    ['-x', "unknown shorthand flag: 'x' in -x"],
  ])('refuse %s', (line, message) => {
    expect(() => parse(line)).toThrow(message)
  })
})
