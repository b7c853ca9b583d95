export interface Payment {
  id: string;
  amount: number;
}

/** Charges the customer. The payment provider is simulated: it always accepts. */
export async function charge(orderId: string, amount: number): Promise<Payment> {
  return { id: `pay_${orderId}`, amount };
}
