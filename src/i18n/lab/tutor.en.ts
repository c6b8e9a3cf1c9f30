// What the tutor says of failed commands, beside the sentences of the index of errors.

const sentences = {
  // the shell
  'odd-character':
    '`{character}` is a full-width or curly character, as an input method or a web page leaves it. The shell takes only `{plain}`.',
  'program-near': 'No program here is called `{name}`. The nearest is `{near}`.',
  'program-unknown': 'No program here is called `{name}`; `help` lists those that there are.',
  'kubectl-missing': '`{name}` is a command of kubectl: its name is missing before it.',
  'prompt-typed': 'The sign before a command is the prompt, not part of the command.',
  'file-near': 'There is no file `{path}` here. The nearest is `{near}`.',
  'file-missing': 'There is no file `{path}` here; `ls` shows those that there are.',
  'node-near': 'No machine is called `{name}`. These are: {nodes}.',
  'quote-open': 'A quote ({quote}) was opened and never closed, so the command goes on for ever.',
  'command-open':
    'The command has a beginning and no end: an `if` without `fi`, a `(` without `)`, a `do` without `done`.',
  token:
    'The shell did not expect `{token}` here. Where it belongs to a text, put the text in single quotes.',
  permission: 'You may not do that with `{path}`: its owner and its mode say who may.',
  // programs that are not here
  'tool-clusters':
    '`{name}` makes a cluster on one’s own computer. Here one is running already: k8s-master and k8s-node1, in this page.',
  'tool-screens':
    '`{name}` is a screen onto a cluster. The map above the terminal is that here; in the terminal, kubectl shows the same.',
  'tool-packages':
    '`{name}` installs software, and nothing is installed here: the machine is simulated in this page. `help` lists what it has.',
  'tool-helm':
    'There is no `helm` here. The course uses the manifests themselves: `kubectl apply -f`, and `kubectl kustomize` for variants of them.',
  'tool-compose':
    'There is no compose here: containers are run one by one with `docker run`, and in Kubernetes a manifest takes the place of the compose file.',
  'tool-node':
    '`{name}` is a program of the nodes; this is the workstation beside them. Run it there: `{line}`.',
  'tool-names':
    'There is no `{name}` on the workstation. Names and addresses of the cluster mean something only within it, so ask from a pod.',
  'tool-git': 'There is no `{name}` here: the course’s files are in this directory already.',
  'tool-languages':
    'There is no `{name}` on the workstation: programs are built and run in images (`docker build`, `docker run`).',
  'tool-logs': 'There is no `{name}` here; kubectl follows the logs of several pods too.',
  'tool-usage':
    'There is no `{name}` on the workstation; `kubectl top` shows what nodes and pods use, where a metrics server is there.',
  'tool-contexts': 'There is no `{name}` here; kubectl has it: `kubectl config`.',
  'tool-root': '`{name}` is not needed: you are the administrator of the cluster. Leave it out.',
  'tool-same': 'There is no `{name}` here. `{line}` does the same.',
  'tool-clouds':
    '`{name}` is not here: the course needs nothing beside kubectl, docker and the usual tools. `help` lists them.',
  // kubectl
  'command-near': 'There is no subcommand `{name}`. Most likely `{near}` is meant.',
  'command-unknown': 'There is no subcommand `{name}`; `--help` lists those that there are.',
  'flag-near': 'There is no flag `{name}`. The nearest is `{near}`.',
  'flag-dashes': '`{name}` with one dash is read letter by letter. Long flags have two: `{near}`.',
  'flag-elsewhere': '`{command}` has no flag `{name}`; `kubectl {elsewhere}` has one.',
  'flag-unknown': '`{command}` has no flag `{name}`; its help lists those that it has.',
  'flag-value': '`{name}` takes a value, and none follows.',
  'flag-required': 'This command needs `{name}`. For instance `{flag}`.',
  'flag-number': '`{name}` takes a whole number, and `{value}` is none.',
  'flag-boolean': '`{name}` takes `true` or `false`, not `{value}`.',
  'flag-duration': '`{name}` takes a time such as `30s` or `5m`, not `{value}`.',
  'container-exit':
    'kubectl has run the program in the container, and that one ended with {exit}. What it said stands above.',
  'type-near': 'There is no resource type `{name}`. The nearest is `{near}`.',
  'type-near-short': 'There is no resource type `{name}`. The nearest is `{near}` (`{short}` for short).',
  'type-unknown':
    'There is no resource type `{name}`. `kubectl api-resources` lists all; a type of one’s own needs its CRD first.',
  'namespace-near': 'There is no namespace `{name}`. The nearest is `{near}`.',
  'namespace-missing': 'There is no namespace `{name}`. There are: {namespaces}.',
  'object-near': 'There is no {kind} `{name}`. The nearest is `{near}`.',
  'object-elsewhere':
    'The {kind} `{name}` is in another namespace: `{namespace}`. Without `-n`, kubectl looks in one namespace only.',
  'object-made': 'There is no {kind} `{name}`. Names made by a controller go on behind that: `{near}`.',
  'object-unknown': 'There is no {kind} `{name}`. There are: {names}.',
  'object-none': 'There is no {kind} `{name}`, and no other {kind}.',
  'object-unknown-in': 'There is no {kind} `{name}` in `{namespace}`. There are: {names}.',
  'object-none-in': 'There is no {kind} `{name}` in `{namespace}`, and no other {kind} either.',
  'object-missing': 'The command asks for the {kind} `{name}`, and it is not there.',
  'context-near': 'The kubeconfig has no context `{name}`. It has `{near}`.',
  'context-unknown': 'The kubeconfig has no context `{name}`.',
  'format-near': 'There is no format `{name}`. The nearest is `{near}`.',
  'container-near': 'The containers are called: {names}.',
  'container-choose': 'The pod has more than one container, so say which: {names}.',
  'explain-parent':
    '`{name}` is no field of `{parent}`; asked for that one, kubectl lists those that it has.',
  'docker-unknown': 'docker has no command `{name}`; `docker --help` lists those that it has.',
  'exec-command': 'Behind `--` stands the command to run in the container; here it is missing.',
  'argument-missing':
    'Something is missing: `{command}` does not know what to work on. The first lines of its help show how it is called.',
  'expose-port': 'The Service needs to know its port, and the manifest names none. Say it with `--port`.',
  'replace-force':
    'To change it all the same, it must be deleted and made anew: `--force` does both, and what runs in it starts anew.',
  'server-refuses':
    'Nobody listens at the API server’s address: it is not running. What runs in the cluster runs on. Look first whether something was broken on purpose.',
} as const

export const tutorEn = {
  sentences,
  unknown:
    'This message is not in the index of errors. Its first line says what was not possible; the help of the command says how it is called.',
  unchanged: 'Nothing in the cluster was changed by this.',
  change: 'Use {line}',
  type: 'Type {line}',
  mend: 'Mend line {line}, then run it again',
  open: 'Open line {line}',
  index: 'In the index of errors',
}

type Widen<T> = T extends string ? string : { readonly [K in keyof T]: Widen<T[K]> }
export type TutorWords = Widen<typeof tutorEn>
