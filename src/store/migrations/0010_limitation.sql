-- Loans that sleep for long, or for good, are looked at once by the next close of their lender: only then do they know the day
-- on which the time to claim them may be near. A loan whose end is recorded (band -1) or of which nothing is due sleeps on.
update loan_state l set wake_on = least(l.wake_on, b.closed_through + 1)
from product p join lender b on b.id = p.lender
where p.id = l.product and l.band <> -1 and l.due_on < 2147483647 and l.wake_on > l.due_on + 365;
