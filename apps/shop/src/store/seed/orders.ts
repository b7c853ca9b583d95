import type { Address, Customer, Order, OrderLine } from '../../orders/model.ts';
import { totalsOf } from '../../pricing/totals.ts';
import { type ShippingMethod, shippingRate } from '../../shipping/rates.ts';

const customer = (name: string, email: string): Customer => ({ name, email });
const line = (productId: string, name: string, unitPrice: number, quantity: number): OrderLine => ({
  productId,
  name,
  unitPrice,
  quantity,
});

const ada = customer('Ada Byron', 'ada@example.com');
const grace = customer('Grace Murray', 'grace@example.com');
const guest = customer('Guest', 'guest-4711@example.com');

const london: Address = { street: '12 St James Square', city: 'London', postcode: 'SW1Y 4LB', country: 'GB' };
const berlin: Address = { street: 'Torstrasse 1', city: 'Berlin', postcode: '10119', country: 'DE' };

type Draft = Omit<Order, 'totals' | 'paymentId' | 'shippingMethod'> & { method: ShippingMethod };

function order({ method, ...draft }: Draft): Order {
  const totals = totalsOf(draft.lines, draft.discountRate, method === 'pickup' ? 0 : shippingRate(method));
  return { ...draft, shippingMethod: method, totals, paymentId: `pay_${draft.id}` };
}

const at = (day: string): string => `2026-${day}T09:30:00.000Z`;
const lamp = line('prd_101', 'Oak desk lamp', 4900, 2);
const blanket = line('prd_104', 'Wool blanket', 7900, 1);
const mugs = line('prd_107', 'Stoneware mug', 1400, 6);
const stools = line('prd_111', 'Ash stool', 9900, 4);
const parcels = (count: number): string[] => Array.from({ length: count }, (_, i) => `TRK90${10 + i}`);

const draft = (id: string, who: Customer, address: Address | null, lines: OrderLine[]) => ({ id, customer: who, address, lines });

export const seedOrders = (): Order[] =>
  [
    { ...draft('ord_1001', ada, london, [lamp, mugs]), status: 'delivered', discountRate: 0.1, parcels: parcels(2), placedAt: at('09-01') },
    { ...draft('ord_1002', ada, london, [blanket]), status: 'placed', discountRate: 0, parcels: [], placedAt: at('10-12') },
    {
      ...draft('ord_1003', grace, berlin, [stools, blanket]),
      status: 'shipped',
      discountRate: 0,
      parcels: parcels(6),
      placedAt: at('10-20'),
    },
    { ...draft('ord_1004', guest, null, [mugs]), status: 'delivered', discountRate: 0, parcels: [], placedAt: at('10-21') },
    { ...draft('ord_1005', grace, berlin, [lamp]), status: 'placed', discountRate: 0.2, parcels: [], placedAt: at('10-28') },
  ].map((entry) => order({ ...entry, method: entry.address ? 'standard' : 'pickup' } as Draft));
