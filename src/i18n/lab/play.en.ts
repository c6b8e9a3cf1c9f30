// Words of the playground in the lab.
export const words = {
  title: 'Playground',
  options: 'What the cluster has',
  nodes: 'Nodes: {n}',
  metrics: 'metrics',
  loadBalancer: 'load balancer',
  ingressController: 'ingress',
  anyImage: 'any image',
  anyImageTitle: 'Images that are not simulated run as a program that only stays, and says so in its log',
  share: 'Share',
  split: 'Editor and terminal together',
  files: 'Files',
  noFiles: 'No files yet.',
  fileNew: 'New',
  fileNewName: 'Name of the new file',
  fileAdd: 'Add from disk',
  fileHow: 'Or drop files here, or paste a manifest.',
  examples: 'Examples',
  gallery: 'All manifests of the course',
  added: 'Added: {names}',
  refused: {
    many: 'At most {most} files are kept here.',
    large: '{name} is too large: {size}. A file has at most {most}.',
    binary: '{name} is no text. Only texts are taken.',
    name: '{name} is no name for a file.',
    fetch: '{name} could not be loaded.',
  },
  askTitle: 'A new cluster?',
  askText:
    'Another option means another cluster: what you did in this one is set aside, where you can download it.',
  askKeep: 'Keep this one',
  askFiles: 'New one, with my files',
  askNew: 'New one, empty',
  exampleTitles: [
    'A web site and its Service',
    'Rolling update, step by step',
    'Scales by itself',
    'Answers only when ready',
  ],
}

export type PlayWords = typeof words
