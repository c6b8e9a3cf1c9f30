// kubectl kustomize: prints what a directory's kustomization builds (sigs.k8s.io/kustomize, commands/build).
import { stringifyYaml } from '../../yaml/stringify.ts'
import type { Command } from '../command.ts'
import { CommandError } from '../errors.ts'
import { buildKustomization } from '../kustomize/build.ts'

const restrictors = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone']

export const kustomize: Command = {
  name: 'kustomize',
  flags: `as-current-user enable-alpha-plugins enable-helm env,e:a helm-api-versions:a helm-command:s=helm helm-debug
    helm-kube-version:s load-restrictor:s=LoadRestrictionsRootOnly mount:a network network-name:s=bridge output,o:s`,
  // Containers run no functions for kustomize here.
  idle: 'as-current-user env mount network network-name',
  // Without helm on the machine they have nothing to say.
  unseen: 'helm-api-versions helm-debug helm-kube-version',
  *run(ctx) {
    const { flags } = ctx
    if (ctx.args.length > 1) throw new CommandError('specify one path to kustomization.yaml')
    const path = ctx.args[0] ?? '.'
    const restrictor = flags.string('load-restrictor')
    if (!restrictors.includes(restrictor))
      throw new CommandError(
        `illegal flag value --load-restrictor ${restrictor}; legal values: [${restrictors.join(' ')}]`,
      )
    const options = {
      isUnrestricted: restrictor === 'LoadRestrictionsNone',
      hasPlugins: flags.bool('enable-alpha-plugins'),
      ...(flags.bool('enable-helm') && { helm: flags.string('helm-command') || 'helm' }),
    }
    const text = buildKustomization(ctx, path, options).map(stringifyYaml).join('---\n')
    const output = flags.string('output')
    if (output) ctx.process.files.write(ctx.file(output), text)
    else ctx.out(text)
    return 0
  },
}
