// What is sent, checked by any library that speaks Standard Schema: zod, valibot, arktype …

import { type } from 'arktype'
import { CREATED, json, octets, resource, router, type Answer, type Representation } from 'slumberjs/http'
import * as v from 'valibot'
import { z } from 'zod'

const Order = z.object({ pizza: z.string(), quantity: z.int().min(1).default(1) })
const Address = v.object({ street: v.string(), city: v.string() })
const Review = type({ stars: '1 <= number.integer <= 5', 'text?': 'string' })

/** As a setting, a schema is asked before the handler, and stands in the description. */
export class Orders extends resource('/orders') {
  override input = { POST: Order }

  async POST(): Promise<Answer> {
    const { pizza, quantity } = await this.data(Order) // typed, with its defaults; it is not checked twice
    return CREATED({ pizza, quantity }, { location: '/orders/1' })
  }
}

/** Asked in the handler, it is the same 422. */
export class DeliveryAddress extends resource('/orders/:id/address') {
  async PUT(): Promise<unknown> {
    const { street, city } = await this.data(Address)
    return { label: `${street}, ${city}` }
  }
}

export class Reviews extends resource('/reviews') {
  async POST(): Promise<unknown> {
    const { stars, text = '' } = await this.data(Review)
    return { stars, text }
  }
}

/** Another media type: `accepts` says what is read, `contentLimits` how much of it. */
const png: Representation = { ...octets, name: 'png', mediaType: 'image/png' }

export class Photo extends resource('/photos/:id') {
  override produces = [json]
  override accepts = [png]
  override contentLimits = { size: 20 * 1_048_576, depth: 64 }

  PUT(): unknown {
    const photo = this.data() as Uint8Array // what `octets` reads
    return { octets: photo.byteLength }
  }
}

export const shop = router([Orders, DeliveryAddress, Reviews, Photo])
