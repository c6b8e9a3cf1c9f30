// kubectl completion: scripts that ask `kubectl __complete` for every Tab, as the real ones do. The licence stands at their
// head as kubectl prints it; the scripts themselves are this project's own and do no more than to ask and to answer.
import { dictionary } from '../../engine/dictionary.ts'
import type { Command } from '../command.ts'

const license = `
# Copyright 2016 The Kubernetes Authors.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
`

const scripts: Readonly<Record<string, string>> = dictionary({
  bash: `${license}
# bash completion for kubectl

__start_kubectl() {
    local answer
    answer=$(kubectl __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | grep -v '^:' | cut -f1)
    COMPREPLY=($(compgen -W "$answer" -- "\${COMP_WORDS[COMP_CWORD]}"))
}

complete -o default -F __start_kubectl kubectl
`,
  zsh: `#compdef kubectl
compdef _kubectl kubectl
${license}
# zsh completion for kubectl

_kubectl() {
    local -a answer
    answer=(\${(f)"$(kubectl __complete "\${(@)words[2,CURRENT]}" 2>/dev/null | grep -v '^:' | cut -f1)"})
    compadd -a answer
}

if [ "$funcstack[1]" = "_kubectl" ]; then
    _kubectl
fi
`,
  fish: `# fish completion for kubectl                              -*- shell-script -*-
${license}
function __kubectl_complete
    set -l words (commandline -opc) (commandline -ct)
    kubectl __complete $words[2..-1] 2>/dev/null | string match -v ':*'
end

complete -c kubectl -e
complete -c kubectl -f -a '(__kubectl_complete)'
`,
  powershell: `# powershell completion for kubectl                              -*- shell-script -*-
${license}
Register-ArgumentCompleter -CommandName 'kubectl' -ScriptBlock {
    param($WordToComplete, $CommandAst, $CursorPosition)
    $words = @($CommandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
    if ($WordToComplete -eq '') { $words += '""' }
    kubectl __complete @words 2>$null | Where-Object { $_ -notmatch '^:' } | ForEach-Object { ($_ -split "\`t")[0] }
}
`,
})

export const completion: Command = {
  name: 'completion',
  *run(ctx) {
    const [shell, more] = ctx.args
    if (shell === undefined) throw ctx.usageError('Shell not specified.')
    if (more !== undefined) throw ctx.usageError('Too many arguments. Expected only the shell type.')
    const script = scripts[shell]
    if (script === undefined) throw ctx.usageError(`Unsupported shell type ${JSON.stringify(shell)}.`)
    ctx.out(script)
    return 0
  },
}
