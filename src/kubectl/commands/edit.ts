// kubectl edit.
import {
  type Command,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
  validateFlag,
} from '../command.ts'
import { editObjects } from '../editor.ts'

export const edit: Command = {
  name: 'edit',
  flags: `${printFlags}${fileFlags}${recordFlag}${validateFlag}${managerFlag('kubectl-edit')}output-patch save-config
    subresource:s windows-line-endings`,
  deprecated: recordDeprecated,
  *run(ctx) {
    return yield* editObjects(ctx, 'normal')
  },
}
