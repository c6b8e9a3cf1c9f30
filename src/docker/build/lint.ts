// What BuildKit warns of in a Dockerfile that it builds all the same (frontend/dockerfile/linter).
import type { ParsedDockerfile } from './dockerfile.ts'
import type { Instruction, Stage } from './instructions.ts'

export interface Warning {
  readonly rule: string
  readonly text: string
  readonly line: number
}

/** `JSONArgsRecommended: JSON arguments recommended for … (line 13)` */
export const warningText = ({ rule, text, line }: Warning): string => `${rule}: ${text} (line ${line})`

const secretName = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:$|_)/i
const publicName = /public/i

export function lint(
  { instructions, emptyContinuations }: ParsedDockerfile,
  stages: readonly Stage[],
): Warning[] {
  const warnings: Warning[] = []
  const warn = (rule: string, line: number, text: string) => warnings.push({ rule, text, line })

  for (const line of emptyContinuations) warn('NoEmptyContinuation', line, 'Empty continuation line')

  // Those in capitals, those in small letters; the others count for neither.
  const cases = instructions.map(({ typed }) =>
    typed === typed.toUpperCase() ? 'uppercase' : typed === typed.toLowerCase() ? 'lowercase' : 'mixed',
  )
  const upper = cases.filter(each => each === 'uppercase').length
  const lower = cases.filter(each => each === 'lowercase').length
  if (upper !== instructions.length && lower !== instructions.length) {
    const majority = upper >= lower ? 'uppercase' : 'lowercase'
    for (const [i, { typed, lines }] of instructions.entries())
      if (cases[i] !== majority)
        warn(
          'ConsistentInstructionCasing',
          lines[0],
          `Command '${typed}' should match the case of the command majority (${majority})`,
        )
  }

  const names = new Set<string>()
  for (const stage of stages) {
    const [line] = stage.lines
    if (stage.name) {
      if (stage.typedName !== stage.name)
        warn('StageNameCasing', line, `Stage name '${stage.typedName}' should be lowercase`)
      if (isUpper(stage.asWord) !== isUpper(stage.fromWord))
        warn('FromAsCasing', line, `'${stage.asWord}' and '${stage.fromWord}' keywords' casing do not match`)
      if (stage.name === 'scratch' || stage.name === 'context')
        warn(
          'ReservedStageName',
          line,
          `Stage name should not use the same name as reserved stage "${stage.name}"`,
        )
      if (names.has(stage.name))
        warn('DuplicateStageName', line, `Duplicate stage name "${stage.name}", stage names should be unique`)
      names.add(stage.name)
    }
    lintStage(stage, warn)
  }
  return warnings.sort((a, b) => a.line - b.line)
}

const isUpper = (text: string): boolean => text === text.toUpperCase()

function lintStage(stage: Stage, warn: (rule: string, line: number, text: string) => void): void {
  const last = new Map<string, Instruction>()
  for (const each of stage.instructions) {
    const [line] = each.lines
    if (each.type === 'CMD' || each.type === 'ENTRYPOINT' || each.type === 'HEALTHCHECK') {
      const before = last.get(each.type)
      if (before)
        warn(
          'MultipleInstructionsDisallowed',
          before.lines[0],
          `Multiple ${each.type} instructions should not be used in the same stage because only the last one will be used`,
        )
      last.set(each.type, each)
    }
    switch (each.type) {
      case 'CMD':
      case 'ENTRYPOINT':
        if (each.command.isShell && !stage.instructions.some(({ type }) => type === 'SHELL'))
          warn(
            'JSONArgsRecommended',
            line,
            `JSON arguments recommended for ${each.type} to prevent unintended behavior related to OS signals`,
          )
        break
      case 'ENV':
      case 'LABEL':
        if (each.legacy)
          warn(
            'LegacyKeyValueFormat',
            line,
            `"${each.type} key=value" should be used instead of legacy "${each.type} key value" format`,
          )
        if (each.type === 'ENV') for (const [key] of each.pairs) secret('ENV', key, line, warn)
        break
      case 'ARG':
        for (const [key] of each.args) secret('ARG', key, line, warn)
        break
      case 'MAINTAINER':
        warn('MaintainerDeprecated', line, 'Maintainer instruction is deprecated in favor of using label')
        break
      case 'EXPOSE':
        for (const item of each.items) {
          const [port = '', protocol = ''] = item.split('/')
          if (port.includes(':'))
            warn(
              'ExposeInvalidFormat',
              line,
              `EXPOSE instruction should not define an IP address or host-port mapping, found '${item}'`,
            )
          if (protocol !== protocol.toLowerCase())
            warn(
              'ExposeProtoCasing',
              line,
              `Defined protocol '${item}' in EXPOSE instruction should be lowercase`,
            )
        }
        break
    }
  }
}

function secret(
  what: string,
  key: string,
  line: number,
  warn: (rule: string, line: number, text: string) => void,
): void {
  if (secretName.test(key) && !publicName.test(key))
    warn(
      'SecretsUsedInArgOrEnv',
      line,
      `Do not use ARG or ENV instructions for sensitive data (${what} ${JSON.stringify(key)})`,
    )
}
