// What a YAML document is made of: a tree of nodes, each with its place in the text.
import type { Mark } from './error.ts'

export interface YamlNode {
  readonly kind: 'scalar' | 'mapping' | 'sequence' | 'alias'
  readonly start: Mark
  end: Mark
  /** In full: `tag:yaml.org,2002:str`; '' where the text has none. */
  readonly tag: string
  /** Text of a scalar, name of an alias. */
  readonly value: string
  /** A scalar that is neither quoted nor a block: `yes` may be a boolean. */
  readonly plain: boolean
  /** Of a mapping: keys and values in turn. */
  readonly children: YamlNode[]
  /** What an alias stands for. */
  readonly target?: YamlNode
}

export const TAG_PREFIX = 'tag:yaml.org,2002:'
