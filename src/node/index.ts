// Node's sockets <-> fetch: `slumberjs/node`. The only folder with `node:http`.

export { requestListener, type FetchHandler, type FetchObject, type FrontOptions } from './front.ts'
export { type TrustedProxies } from './sender.ts'
export { undiciTransport, type Dispatcher } from './undici-transport.ts'
export { serve, type ServeOptions, type Server } from './serve.ts'
