/**
 * Messages between agents, in mailboxes that are bounded.
 *
 * <p>{@link io.murmuration.orchestration.channel.Channels} knows the {@link io.murmuration.orchestration.channel.Mailbox} of
 * each agent. To send never blocks: a message lies in the mailbox when the call returns, or is refused with the reason
 * ({@link io.murmuration.orchestration.channel.Delivery}). What is in a mailbox goes to one receiver, once, and the messages of
 * one sender in the order in which they were sent; what nobody has received when a mailbox closes comes back. Nothing is sent
 * twice by itself: a sender who was refused decides.
 */
package io.murmuration.orchestration.channel;
