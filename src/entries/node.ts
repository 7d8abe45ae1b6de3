// `slumberjs/node`: the strict HTTP/1.1 front for Node, and a transport of the client.

export {
  requestListener,
  serve,
  undiciTransport,
  type Dispatcher,
  type FetchHandler,
  type FetchObject,
  type FrontOptions,
  type ServeOptions,
  type Server,
  type TrustedProxies,
} from '../node/index.ts'
