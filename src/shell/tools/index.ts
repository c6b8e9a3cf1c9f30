// The workstation's tools, one file each.
import type { Tool } from '../command.ts'
import { echo } from './echo.ts'
import { printf } from './printf.ts'
import { bracket, testTool } from './test.ts'

export const tools: readonly Tool[] = [echo, printf, testTool, bracket]
