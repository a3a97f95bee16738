# What the Request Tracker of the tests begins with: rt-setup-database reads it.
my $password = 'a password that only the tests know';

@Queues = map { { Name => $_, CorrespondAddress => "$_\@casement.test" } } qw(support engineering billing);

@Users = (
    (
        map {
            {
                Name         => $_->[0],
                RealName     => $_->[1],
                EmailAddress => "$_->[0]\@larkwell.test",
                Password     => $password,
                Privileged   => 1,
            }
        } ( [ 'agent1', 'Ines Calder' ], [ 'agent2', 'Tom Okafor' ], [ 'engineer1', 'Mara Lindqvist' ] )
    ),
    (
        map {
            {
                Name         => $_->[0],
                RealName     => $_->[1],
                EmailAddress => "$_->[0]\@acme.test",
                Password     => $password,
                Privileged   => 0,
            }
        } ( [ 'cust1', 'Petra Nowak' ], [ 'cust2', 'Jonas Weber' ], [ 'cust3', 'Aiko Tanaka' ] )
    ),
);

@Groups = (
    {
        Name    => 'Support',
        Domain  => 'UserDefined',
        Members => { Users => [qw(agent1 agent2)] },
    },
    {
        Name    => 'Engineering',
        Domain  => 'UserDefined',
        Members => { Users => [qw(engineer1)] },
    },
);

my @work = qw(
    SeeQueue CreateTicket ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket
    OwnTicket TakeTicket StealTicket ReassignTicket Watch WatchAsAdminCc SeeCustomField ModifyCustomField
);

@ACL = (
    # What nobody sees of other queues, a case that is shared with them still shows.
    map( { { GroupDomain => 'UserDefined', GroupId => 'Support', Queue => $_, Right => [@work] } } qw(support billing) ),
    { GroupDomain => 'UserDefined', GroupId => 'Support', Queue => 'engineering', Right => [qw(SeeQueue CreateTicket)] },
    { GroupDomain => 'UserDefined', GroupId => 'Engineering', Queue => 'engineering', Right => [@work] },
    { GroupDomain => 'SystemInternal', GroupType => 'Privileged', Right => [qw(SeeGroup)] },
    { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Queue => 'support', Right => [qw(CreateTicket SeeCustomField SetInitialCustomField)] },
    map(
        {
            my $queue = $_;
            (
                {
                    GroupDomain => 'RT::Queue-Role', GroupType => 'Requestor', Queue => $queue,
                    Right => [qw(ShowTicket ReplyToTicket SeeQueue SeeCustomField)],
                },
                {
                    GroupDomain => 'RT::Queue-Role', GroupType => 'Cc', Queue => $queue,
                    Right => [qw(ShowTicket SeeQueue SeeCustomField)],
                },
                {
                    GroupDomain => 'RT::Queue-Role', GroupType => 'AdminCc', Queue => $queue,
                    Right => [
                        qw(ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket SeeQueue SeeCustomField ModifyCustomField)
                    ],
                },
            )
        } qw(support engineering billing)
    ),
);

@CustomFields = map {
    { Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket', Disabled => 0, MaxValues => 1, Queue => [qw(support engineering billing)], %$_ }
} (
    { Name => 'Case type' },
    { Name => 'Contact method' },
    { Name => 'Closure reason' },
    { Name => 'Customer' },
    { Name => 'Tags', Type => 'FreeformMultiple', MaxValues => 0 },
);

1;
