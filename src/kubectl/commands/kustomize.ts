// kubectl kustomize: prints what a directory's kustomization builds (sigs.k8s.io/kustomize, commands/build).
import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Command } from '../command.ts'
import { CommandError } from '../errors.ts'
import { buildKustomization } from '../kustomize/build.ts'

export const kustomize: Command = {
  name: 'kustomize',
  flags: `as-current-user enable-alpha-plugins enable-helm env,e:a helm-api-versions:a helm-command:s=helm helm-debug
    helm-kube-version:s load-restrictor:s=LoadRestrictionsRootOnly mount:a network network-name:s=bridge output,o:s`,
  *run(ctx) {
    if (ctx.args.length > 1) throw new CommandError('specify one path to kustomization.yaml')
    const path = ctx.args[0] ?? '.'
    const text = buildKustomization(ctx, path).map(stringifyYaml).join('---\n')
    const output = ctx.flags.string('output')
    if (output) ctx.process.files.write(ctx.file(output), text)
    else ctx.out(text)
    return 0
  },
}
