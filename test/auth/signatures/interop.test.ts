// Another implementation of RFC 9421, http-message-sig, verifies what the client signs, and signs what the service verifies.
import { createPrivateKey, createPublicKey, webcrypto as crypto } from 'node:crypto'
import {
  appendSignature,
  createSignature,
  verifySignature,
  webcrypto,
  type Signer,
  type Verifier,
} from 'http-message-sig'
import { connect, inProcess } from 'slumberjs'
import { signing } from 'slumberjs/auth'
import { describe, expect, test } from 'vitest'
import { accounting, directory } from '../fixture.ts'
import { digestOf, issuer, newNonce, notes, now, shopKey, shopScheme, tell } from './fixture.ts'

const system = accounting()
const forwardedUser = `"clerk";iss="${issuer}"`

const theirSigner = async (): Promise<Signer> => {
  const octets = createPrivateKey(shopKey.privateKey).export({ type: 'pkcs8', format: 'der' })
  return webcrypto.signer(await crypto.subtle.importKey('pkcs8', octets, 'Ed25519', false, ['sign']))
}

const theirVerifier = async (): Promise<Verifier> => {
  const octets = createPublicKey(shopKey.publicKey).export({ type: 'spki', format: 'der' })
  return webcrypto.verifier(await crypto.subtle.importKey('spki', octets, 'Ed25519', false, ['verify']))
}

describe('theirs is verified here', () => {
  const signed = async (request: Request, components: readonly string[]): Promise<Request> => {
    const parameters = {
      created: now(),
      expires: now() + 60,
      keyid: 'shop',
      nonce: newNonce(),
      tag: 'slumber-s2s-v1',
      alg: 'ed25519',
    }
    const fields = await createSignature(request, {
      label: 'theirs',
      components,
      parameters,
      signer: await theirSigner(),
    })
    return new Request(request, { headers: appendSignature(request.headers, fields) })
  }

  test('a GET', async () => {
    const request = new Request(`${notes}?sort=-id&words=a%20b`, { headers: { prefer: ' wait=1 ' } })
    const asked = await signed(request, ['@method', '@authority', '@target-uri', 'prefer'])
    expect((await tell(system.kitchen([shopScheme()]), asked)).status).toBe(200)
  })

  test('a POST for a user, by the parts of the URL', async () => {
    const body = '{"words":"salt"}'
    const headers = {
      'content-type': 'application/json',
      'content-digest': digestOf(body),
      'forwarded-user': forwardedUser.replace('clerk', 'admin'),
    }
    const components = ['@method', '@authority', '@scheme', '@path', '@query', ...Object.keys(headers)]
    const asked = await signed(new Request(notes, { method: 'POST', headers, body }), components)
    expect((await tell(system.kitchen([shopScheme()]), asked)).status).toBe(201)
  })
})

describe('ours is verified there', () => {
  test.each([
    ['GET', undefined, ['@method', '@authority', '@target-uri', 'forwarded-user']],
    [
      'POST',
      { words: 'salt' },
      ['@method', '@authority', '@target-uri', 'content-type', 'content-digest', 'forwarded-user'],
    ],
  ])('a %s for a user', async (method, body, requiredComponents) => {
    const kitchen = system.kitchen([shopScheme()])
    const sent: Request[] = []
    const fetch = (request: Request): Promise<Response> => {
      sent.push(request.clone())
      return kitchen.fetch(request)
    }
    const transport = inProcess([{ url: directory.kitchen, fetch }])
    const user = { name: 'admin', issuer }
    const authenticate = signing({ service: 'shop', key: shopKey.privateKey, forwardedUser: () => user, now })
    const { status } = await connect({ service: directory.kitchen, transport, authenticate }).send({
      method,
      url: notes,
      body,
    })
    expect(status).toBe(method === 'GET' ? 200 : 201)
    const verifier = await theirVerifier()
    const requiredParameters = ['created', 'expires', 'nonce', 'keyid', 'tag']
    const policy = { algorithms: ['ed25519'], requiredComponents, requiredParameters, maxAge: 60, now: now() }
    const verified = await verifySignature(sent.at(-1)!, { policy, resolveVerifier: () => verifier })
    expect([verified.label, verified.parameters.keyid]).toEqual(['slumber', 'shop'])
  })
})
