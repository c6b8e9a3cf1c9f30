// The workstation's tools; the code of each is loaded when it is first run (loaders.ts).
import { type Tool, toolsOf } from '../command.ts'
import { toolParts } from './loaders.ts'

export const tools: readonly Tool[] = toolsOf(toolParts)
