// The kubeconfig that clients use: where the server is, its authority, and the administrator's token.
export interface Credentials {
  /** `https://127.0.0.1:6443`. */
  readonly server: string
  /** The authority's certificate in PEM. */
  readonly ca: string
  readonly token: string
}

export function kubeconfig({ server, ca, token }: Credentials): string {
  const name = 'living-kubernetes'
  const user = 'kubernetes-admin'
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name,
          cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') },
        },
      ],
      users: [{ name: user, user: { token } }],
      contexts: [{ name, context: { cluster: name, user, namespace: 'default' } }],
      'current-context': name,
    },
    undefined,
    2,
  )}\n`
}
